-- SAFE ENGINE MUST: tell an error of 4 MB in 500 bytes
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  error(("\u{e4}"):rep(2000000))
end }
