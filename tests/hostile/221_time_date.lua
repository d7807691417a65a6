-- SAFE ENGINE MUST: stop near the deadline although each step formats dates
-- verdict: time_limit
-- stop: clock
return { notification = function(notice)
  while true do date(0, ("%c"):rep(50)) end
end }
