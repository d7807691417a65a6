-- SAFE ENGINE MUST: refuse a number for a text
-- verdict: bad_result
return { notification = function(notice)
  return { subject = 5, text = "t" }
end }
