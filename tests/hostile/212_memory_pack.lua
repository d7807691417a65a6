-- SAFE ENGINE MUST: stop huge lists of arguments
-- verdict: runtime | memory_limit
return { notification = function(notice)
  local all = table.create(1000000, 0)
  return { subject = "ESCAPE", text = tostring(select("#", table.unpack(all))) }
end }
