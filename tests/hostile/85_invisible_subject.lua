-- SAFE ENGINE MUST: refuse a subject in which nothing can be seen
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "\u{200B}\u{2060} ", text = "t" }
end }
