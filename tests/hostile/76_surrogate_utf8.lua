-- SAFE ENGINE MUST: refuse an encoded surrogate
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "a \xed\xa0\x80 b" }
end }
