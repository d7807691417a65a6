-- SAFE ENGINE MUST: stop very many keys
-- verdict: memory_limit | time_limit
return { notification = function(notice)
  local all = {}
  for at = 1, 1e9 do all["key" .. at] = at end
end }
