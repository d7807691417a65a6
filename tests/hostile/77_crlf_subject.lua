-- SAFE ENGINE MUST: refuse a subject that starts another header
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "Hello\r\nBcc: everyone@example.org", text = "t" }
end }
