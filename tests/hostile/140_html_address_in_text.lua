-- SAFE ENGINE MUST: refuse an address that a mail program makes a link of
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<p>Log in at https://evil.<b>example</b>/</p>' }
end }
