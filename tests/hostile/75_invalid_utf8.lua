-- SAFE ENGINE MUST: refuse bytes that are no UTF-8
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "caf\xe9 \xff", text = "t" }
end }
