-- SAFE ENGINE MUST: stop a script that catches the end of its memory again and again
-- verdict: time_limit | memory_limit
-- stop: clock
return { notification = function(notice)
  while true do pcall(table.create, 2 ^ 21, 0) pcall(string.rep, "x", 4000000) end
end }
