-- SAFE ENGINE MUST: refuse a hook that there is not
-- verdict: refused syntax
return { notifcation = function() end }
