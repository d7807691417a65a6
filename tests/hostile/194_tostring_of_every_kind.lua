-- SAFE ENGINE MUST: take a text from __tostring and nothing else
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  return { subject = tostring(setmetatable({}, { __tostring = function() return {} end })), text = "t" }
end }
