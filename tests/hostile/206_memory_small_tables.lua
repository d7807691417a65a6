-- SAFE ENGINE MUST: stop very many small tables
-- verdict: memory_limit
return { notification = function(notice)
  local all = {}
  while true do all[#all + 1] = {} end
end }
