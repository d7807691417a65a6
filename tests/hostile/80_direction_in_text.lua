-- SAFE ENGINE MUST: refuse a text that overrides the direction of text
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "invoice\u{2067}fdp.exe" }
end }
