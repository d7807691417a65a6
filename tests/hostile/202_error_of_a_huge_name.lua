-- SAFE ENGINE MUST: tell a misspelt fact of 4 MB in 500 bytes
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  return { subject = notice[("x"):rep(4000000)], text = "t" }
end }
