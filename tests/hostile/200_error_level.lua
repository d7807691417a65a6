-- SAFE ENGINE MUST: tell an error of an odd level
-- verdict: runtime
return { notification = function(notice)
  pcall(error, "x", 0 / 0)
  pcall(error, "x", 1e300)
  pcall(error, "x", -math.huge)
  error("x", 5e9)
end }
