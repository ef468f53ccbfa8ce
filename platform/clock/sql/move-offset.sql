update clock.business set offset_ms = greatest(offset_ms, :offset_ms) returning offset_ms
