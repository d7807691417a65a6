-- SAFE ENGINE MUST: refuse html that overrides the direction of text by an entity
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = "<p>invoice&#x202E;fdp.exe</p>" }
end }
