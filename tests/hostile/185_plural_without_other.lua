-- SAFE ENGINE MUST: name the form that is missing, at the line of the call
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  return { subject = plural(2, { one = "o" }), text = "t" }
end }
