-- SAFE ENGINE MUST: go on after a script that caught the end of its memory
-- verdict: words done | memory_limit
return { notification = function(notice)
  local all = {}
  pcall(function() while true do all[#all + 1] = ("x"):rep(100000) .. #all end end)
  all = nil
  return { subject = "done", text = "t" }
end }
