-- SAFE ENGINE MUST: name the misspelt fact of a template, at its line
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  return { subject = template("{client.nmae}", notice), text = "t" }
end }
