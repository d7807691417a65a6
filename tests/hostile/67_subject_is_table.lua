-- SAFE ENGINE MUST: refuse a table for a text, without asking it for one
-- verdict: bad_result
return { notification = function(notice)
  return { subject = setmetatable({}, { __tostring = function() while true do end end }), text = "t" }
end }
