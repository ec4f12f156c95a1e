;; first[i]  = first[i] + (update[i] - first[i]) * fresh1
;; second[i] = second[i] * keep2 + (update[i] * update[i]) * fresh2
;; update[i] = (first[i] * correction) / (sqrt(second[i]) + epsilon)
(func (export "adam")
  (param $update i32) (param $first i32) (param $second i32) (param $length i32)
  (param $fresh1 f32) (param $keep2 f32) (param $fresh2 f32)
  (param $correction f32) (param $epsilon f32)
  (local $end i32)
  (local $fresh1s v128) (local $keep2s v128) (local $fresh2s v128)
  (local $corrections v128) (local $epsilons v128)
  (local $u v128) (local $m v128) (local $v v128)
  (local.set $fresh1s (f32x4.splat (local.get $fresh1)))
  (local.set $keep2s (f32x4.splat (local.get $keep2)))
  (local.set $fresh2s (f32x4.splat (local.get $fresh2)))
  (local.set $corrections (f32x4.splat (local.get $correction)))
  (local.set $epsilons (f32x4.splat (local.get $epsilon)))
  (local.set $end (i32.add (local.get $update) (i32.shl (local.get $length) (i32.const 2))))
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $update) (local.get $end)))
      (@unroll 8
        (local.set $u (v128.load offset=@ (local.get $update)))
        (local.set $m (v128.load offset=@ (local.get $first)))
        (local.set $v (v128.load offset=@ (local.get $second)))
        (local.set $m
          (f32x4.add (local.get $m) (f32x4.mul (f32x4.sub (local.get $u) (local.get $m)) (local.get $fresh1s))))
        (v128.store offset=@ (local.get $first) (local.get $m))
        (local.set $v
          (f32x4.add
            (f32x4.mul (local.get $v) (local.get $keep2s))
            (f32x4.mul (f32x4.mul (local.get $u) (local.get $u)) (local.get $fresh2s))))
        (v128.store offset=@ (local.get $second) (local.get $v))
        (v128.store offset=@ (local.get $update)
          (f32x4.div
            (f32x4.mul (local.get $m) (local.get $corrections))
            (f32x4.add (f32x4.sqrt (local.get $v)) (local.get $epsilons)))))
      (local.set $update (i32.add (local.get $update) (i32.const 128)))
      (local.set $first (i32.add (local.get $first) (i32.const 128)))
      (local.set $second (i32.add (local.get $second) (i32.const 128)))
      (br $next))))
