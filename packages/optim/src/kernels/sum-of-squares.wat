;; The sum of values[i]², squared and added in float64, where squares of float32 are exact. Element i joins sum i mod 8,
;; so that additions need not wait for each other; at the end they are added as ((0+4)+(2+6)) + ((1+5)+(3+7)).
(func (export "sumOfSquares") (param $values i32) (param $length i32) (result f64)
  (local $end i32) (local $low v128) (local $high v128)
  (local $sum01 v128) (local $sum23 v128) (local $sum45 v128) (local $sum67 v128)
  (local.set $end (i32.add (local.get $values) (i32.shl (local.get $length) (i32.const 2))))
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $values) (local.get $end)))
      (@unroll 4
        (local.set $low (f64x2.promote_low_f32x4 (v128.load64_zero offset=@ (local.get $values))))
        (local.set $high (f64x2.promote_low_f32x4 (v128.load64_zero offset=@+8 (local.get $values))))
        (local.set $sum01 (f64x2.add (local.get $sum01) (f64x2.mul (local.get $low) (local.get $low))))
        (local.set $sum23 (f64x2.add (local.get $sum23) (f64x2.mul (local.get $high) (local.get $high))))
        (local.set $low (f64x2.promote_low_f32x4 (v128.load64_zero offset=@+16 (local.get $values))))
        (local.set $high (f64x2.promote_low_f32x4 (v128.load64_zero offset=@+24 (local.get $values))))
        (local.set $sum45 (f64x2.add (local.get $sum45) (f64x2.mul (local.get $low) (local.get $low))))
        (local.set $sum67 (f64x2.add (local.get $sum67) (f64x2.mul (local.get $high) (local.get $high)))))
      (local.set $values (i32.add (local.get $values) (i32.const 128)))
      (br $next)))
  (local.set $sum01
    (f64x2.add
      (f64x2.add (local.get $sum01) (local.get $sum45))
      (f64x2.add (local.get $sum23) (local.get $sum67))))
  (f64.add (f64x2.extract_lane 0 (local.get $sum01)) (f64x2.extract_lane 1 (local.get $sum01))))
