-- SAFE ENGINE MUST: refuse control characters in a subject
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "Hello\0\27[2J", text = "t" }
end }
