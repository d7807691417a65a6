-- SAFE ENGINE MUST: refuse a list for words
-- verdict: bad_result
return { notification = function(notice)
  return { "subject", "text", "html" }
end }
