-- SAFE ENGINE MUST: stop a replacement that explodes
-- verdict: memory_limit
return { notification = function(notice)
  return { subject = "ESCAPE", text = (("x"):rep(250000):gsub("", ("y"):rep(1000))) }
end }
