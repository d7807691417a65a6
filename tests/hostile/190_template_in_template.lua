-- SAFE ENGINE MUST: stop templates that fill one another without end
-- verdict: runtime | time_limit
return { notification = function(notice)
  local facts
  facts = setmetatable({}, { __index = function() return template("{a}", facts) end })
  return { subject = template("{a}", facts), text = "t" }
end }
