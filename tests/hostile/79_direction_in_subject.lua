-- SAFE ENGINE MUST: refuse a subject that overrides the direction of text
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "invoice\u{202E}fdp.exe", text = "t" }
end }
