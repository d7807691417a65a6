-- SAFE ENGINE MUST: follow a path of 100,000 names in good time
-- verdict: words done | time_limit
return { notification = function(notice)
  local facts = setmetatable({}, {})
  getmetatable(facts).__index = function() return facts end
  template("{a" .. (".a"):rep(100000) .. "}", facts)
  return { subject = "done", text = "t" }
end }
