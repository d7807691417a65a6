-- SAFE ENGINE MUST: stop near the deadline although each step escapes a long text
-- verdict: time_limit | memory_limit
-- stop: clock
return { notification = function(notice)
  local text = ("'"):rep(262144)
  while true do html.escape(text) end
end }
