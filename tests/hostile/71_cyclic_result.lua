-- SAFE ENGINE MUST: refuse a result that holds itself
-- verdict: bad_result
return { notification = function(notice)
  local words = { subject = "s" }
  words.text = words
  return words
end }
