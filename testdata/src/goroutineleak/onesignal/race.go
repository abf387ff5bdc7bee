package onesignal

// Race starts the runners at the same moment and returns who arrives first.
func Race(runners map[string]func()) string {
	start := make(chan struct{})
	finish := make(chan string, len(runners))
	for name, run := range runners {
		go func() {
			<-start // want "receive from start blocks for ever"
			run()
			finish <- name
		}()
	}
	if len(runners) == 0 {
		return ""
	}
	start <- struct{}{}
	return <-finish
}

// RaceFixed starts the runners at the same moment and returns who arrives first.
func RaceFixed(runners map[string]func()) string {
	start := make(chan struct{})
	finish := make(chan string, len(runners))
	for name, run := range runners {
		go func() {
			<-start
			run()
			finish <- name
		}()
	}
	if len(runners) == 0 {
		return ""
	}
	close(start)
	return <-finish
}
