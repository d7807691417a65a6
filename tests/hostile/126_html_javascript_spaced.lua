-- SAFE ENGINE MUST: refuse an address that runs, with white space in it
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<a href=" java\tscr\nipt:alert(1)">in</a>' }
end }
