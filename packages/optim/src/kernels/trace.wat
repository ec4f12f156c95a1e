;; trace[i]  = trace[i] * momentum + update[i] * fresh
;; update[i] = nesterov ? update[i] + trace[i] * momentum : trace[i]
(func (export "trace")
  (param $update i32) (param $trace i32) (param $length i32)
  (param $momentum f32) (param $fresh f32) (param $nesterov i32)
  (local $end i32) (local $momenta v128) (local $freshes v128) (local $u v128) (local $t v128)
  (local.set $momenta (f32x4.splat (local.get $momentum)))
  (local.set $freshes (f32x4.splat (local.get $fresh)))
  (local.set $end (i32.add (local.get $update) (i32.shl (local.get $length) (i32.const 2))))
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $update) (local.get $end)))
      (@unroll 8
        (local.set $u (v128.load offset=@ (local.get $update)))
        (local.set $t
          (f32x4.add
            (f32x4.mul (v128.load offset=@ (local.get $trace)) (local.get $momenta))
            (f32x4.mul (local.get $u) (local.get $freshes))))
        (v128.store offset=@ (local.get $trace) (local.get $t))
        (if (local.get $nesterov)
          (then (local.set $t (f32x4.add (local.get $u) (f32x4.mul (local.get $t) (local.get $momenta))))))
        (v128.store offset=@ (local.get $update) (local.get $t)))
      (local.set $update (i32.add (local.get $update) (i32.const 128)))
      (local.set $trace (i32.add (local.get $trace) (i32.const 128)))
      (br $next))))
