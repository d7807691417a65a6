-- SAFE ENGINE MUST: stop very many closures
-- verdict: memory_limit
return { notification = function(notice)
  local all = {}
  while true do all[#all + 1] = function() return all end end
end }
