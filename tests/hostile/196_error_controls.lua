-- SAFE ENGINE MUST: tell an error in one line
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  error("a\r\nb\0\27[31m\u{85}\u{2028}c")
end }
