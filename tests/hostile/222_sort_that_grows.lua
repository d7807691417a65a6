-- SAFE ENGINE MUST: sort a list that its comparison grows and clears
-- verdict: runtime | words done | memory_limit
return { notification = function(notice)
  local all = {}
  for at = 1, 1000 do all[at] = at * 7919 % 1000 end
  table.sort(all, function(a, b) table.insert(all, a) if #all > 3000 then table.clear(all) end return a < b end)
  return { subject = "done", text = "t" }
end }
