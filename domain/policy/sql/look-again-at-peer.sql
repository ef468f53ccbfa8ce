update policy.watch set again_at = :at where peer = :peer and again_at is null
