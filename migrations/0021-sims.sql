-- An activation code proves once that somebody holds the card.
alter table sims.sim add column activation_used_at timestamptz;
