;; into[i] = max(min(into[i], maximum), -maximum); the pseudo-minimum keeps its first operand where that is NaN
(func (export "clip") (param $into i32) (param $length i32) (param $maximum f32)
  (local $end i32) (local $maxima v128) (local $minima v128)
  (local.set $maxima (f32x4.splat (local.get $maximum)))
  (local.set $minima (f32x4.neg (local.get $maxima)))
  (local.set $end (i32.add (local.get $into) (i32.shl (local.get $length) (i32.const 2))))
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $into) (local.get $end)))
      (@unroll 8
        (v128.store offset=@ (local.get $into)
          (f32x4.pmax
            (f32x4.pmin (v128.load offset=@ (local.get $into)) (local.get $maxima))
            (local.get $minima))))
      (local.set $into (i32.add (local.get $into) (i32.const 128)))
      (br $next))))
