;; table[ids[row]] = table[ids[row]] + rows[row], row after row: an id that occurs again finds what came before.
;; `width` counts floats and may be any number: a row is as wide as an embedding, and need not be aligned.
(func (export "addRows") (param $table i32) (param $ids i32) (param $rows i32) (param $count i32) (param $width i32)
  (local $bytes i32) (local $into i32) (local $vectors i32) (local $end i32)
  (local.set $bytes (i32.shl (local.get $width) (i32.const 2)))
  (block $done
    (loop $row
      (br_if $done (i32.eqz (local.get $count)))
      (local.set $into
        (i32.add (local.get $table) (i32.mul (i32.load (local.get $ids)) (local.get $bytes))))
      (local.set $vectors (i32.add (local.get $rows) (i32.and (local.get $bytes) (i32.const -16))))
      (local.set $end (i32.add (local.get $rows) (local.get $bytes)))
      (block $tail
        (loop $vector
          (br_if $tail (i32.eq (local.get $rows) (local.get $vectors)))
          (v128.store (local.get $into)
            (f32x4.add (v128.load (local.get $into)) (v128.load (local.get $rows))))
          (local.set $into (i32.add (local.get $into) (i32.const 16)))
          (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
          (br $vector)))
      (block $next
        (loop $element
          (br_if $next (i32.eq (local.get $rows) (local.get $end)))
          (f32.store (local.get $into)
            (f32.add (f32.load (local.get $into)) (f32.load (local.get $rows))))
          (local.set $into (i32.add (local.get $into) (i32.const 4)))
          (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
          (br $element)))
      (local.set $ids (i32.add (local.get $ids) (i32.const 4)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $row))))
