-- SAFE ENGINE MUST: stop a fact that never comes
-- verdict: time_limit
return { notification = function(notice)
  return { subject = template("{a}", setmetatable({}, { __index = function() while true do end end })), text = "t" }
end }
