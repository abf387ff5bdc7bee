// Package lines hands out lines by channels.
package lines

// All gives all lines. They must be read to the end.
func All(list []string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, l := range list {
			out <- l
		}
	}()
	return out
}

// Until gives the lines until done is closed.
func Until(done <-chan struct{}, list []string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, l := range list {
			select {
			case out <- l:
			case <-done:
				return
			}
		}
	}()
	return out
}

// Map gives what f makes of the values of in. They must be read to the end.
func Map[T, U any](in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for v := range in {
			out <- f(v)
		}
	}()
	return out
}

// Walk calls visit for the lines, until that returns false.
func Walk(list []string, visit func(string) bool) {
	for _, l := range list {
		if !visit(l) {
			return
		}
	}
}

// Feed sends the lines to dst, and leaves it open for others.
func Feed(dst chan<- string, list []string) {
	for _, l := range list {
		dst <- l
	}
}

// FeedAll sends the lines to dst and closes it.
func FeedAll(dst chan<- string, list []string) {
	Feed(dst, list)
	close(dst)
}
