-- SAFE ENGINE MUST: refuse a character set in which other bytes are tags
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<meta charset="utf-7"><p>+ADw-script+AD4-</p>' }
end }
