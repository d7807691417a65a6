-- SAFE ENGINE MUST: refuse a second result, which nobody would read
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t" }, { subject = "other" }
end }
