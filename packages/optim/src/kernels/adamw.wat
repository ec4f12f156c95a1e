;; A whole chain in one loop, operation for operation what the single kernels do:
;; scale by `factor`, clip to `maximum` (which may be infinite), adam, add the parameter scaled by `decay`, add to the parameter scaled by `rate`.
(func (export "adamw")
  (param $parameter i32) (param $gradient i32) (param $first i32) (param $second i32) (param $length i32)
  (param $factor f32) (param $maximum f32) (param $fresh1 f32) (param $keep2 f32) (param $fresh2 f32)
  (param $correction f32) (param $epsilon f32) (param $decay f32) (param $rate f32)
  (local $end i32)
  (local $factors v128) (local $maxima v128) (local $minima v128) (local $fresh1s v128) (local $keep2s v128) (local $fresh2s v128)
  (local $corrections v128) (local $epsilons v128) (local $decays v128) (local $rates v128)
  (local $p v128) (local $u v128) (local $m v128) (local $v v128)
  (local.set $factors (f32x4.splat (local.get $factor)))
  (local.set $maxima (f32x4.splat (local.get $maximum)))
  (local.set $minima (f32x4.neg (local.get $maxima)))
  (local.set $fresh1s (f32x4.splat (local.get $fresh1)))
  (local.set $keep2s (f32x4.splat (local.get $keep2)))
  (local.set $fresh2s (f32x4.splat (local.get $fresh2)))
  (local.set $corrections (f32x4.splat (local.get $correction)))
  (local.set $epsilons (f32x4.splat (local.get $epsilon)))
  (local.set $decays (f32x4.splat (local.get $decay)))
  (local.set $rates (f32x4.splat (local.get $rate)))
  (local.set $end (i32.add (local.get $parameter) (i32.shl (local.get $length) (i32.const 2))))
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $parameter) (local.get $end)))
      (@unroll 8
        (local.set $p (v128.load offset=@ (local.get $parameter)))
        (local.set $u (f32x4.mul (v128.load offset=@ (local.get $gradient)) (local.get $factors)))
        (local.set $u (f32x4.pmax (f32x4.pmin (local.get $u) (local.get $maxima)) (local.get $minima)))
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
        (local.set $u
          (f32x4.div
            (f32x4.mul (local.get $m) (local.get $corrections))
            (f32x4.add (f32x4.sqrt (local.get $v)) (local.get $epsilons))))
        (local.set $u (f32x4.add (local.get $u) (f32x4.mul (local.get $p) (local.get $decays))))
        (v128.store offset=@ (local.get $parameter)
          (f32x4.add (local.get $p) (f32x4.mul (local.get $u) (local.get $rates)))))
      (local.set $parameter (i32.add (local.get $parameter) (i32.const 128)))
      (local.set $gradient (i32.add (local.get $gradient) (i32.const 128)))
      (local.set $first (i32.add (local.get $first) (i32.const 128)))
      (local.set $second (i32.add (local.get $second) (i32.const 128)))
      (br $next))))
