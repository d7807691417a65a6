-- SAFE ENGINE MUST: refuse a result 100,000 tables deep
-- verdict: bad_result
return { notification = function(notice)
  local words = {}
  for _ = 1, 100000 do words = { words } end
  return words
end }
