package absent

import "time"

// Delay calls f after a while and waits for it.
func Delay(d time.Duration, f func()) time.Duration {
	begin := time.Now()
	t := time.AfterFunc(d, f)
	defer t.Stop()
	<-t.C // want "receive from t.C blocks for ever"
	return time.Since(begin)
}

// DelayFixed calls f after a while and waits for it.
func DelayFixed(d time.Duration, f func()) time.Duration {
	begin := time.Now()
	t := time.NewTimer(d)
	defer t.Stop()
	<-t.C
	f()
	return time.Since(begin)
}
