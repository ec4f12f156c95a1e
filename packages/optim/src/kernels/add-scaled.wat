;; into[i] = into[i] + from[i] * factor
(func (export "addScaled") (param $into i32) (param $from i32) (param $length i32) (param $factor f32)
  (local $end i32) (local $factors v128)
  (local.set $factors (f32x4.splat (local.get $factor)))
  (local.set $end (i32.add (local.get $into) (i32.shl (local.get $length) (i32.const 2))))
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $into) (local.get $end)))
      (@unroll 8
        (v128.store offset=@ (local.get $into)
          (f32x4.add
            (v128.load offset=@ (local.get $into))
            (f32x4.mul (v128.load offset=@ (local.get $from)) (local.get $factors)))))
      (local.set $into (i32.add (local.get $into) (i32.const 128)))
      (local.set $from (i32.add (local.get $from) (i32.const 128)))
      (br $next))))
