-- SAFE ENGINE MUST: refuse a result of 100,000 members without walking over them
-- verdict: bad_result
return { notification = function(notice)
  local words = { subject = "s", text = "t" }
  for at = 1, 100000 do words["m" .. at] = at end
  return words
end }
