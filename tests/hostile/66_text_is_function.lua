-- SAFE ENGINE MUST: refuse a function for a text
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = tostring }
end }
