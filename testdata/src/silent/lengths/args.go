package lengths

import "flag"

// Each handles all arguments at once and waits.
func Each(handle func(string)) {
	done := make(chan bool)
	for _, name := range flag.Args() {
		go func() {
			defer func() { done <- true }()
			handle(name)
		}()
	}
	for range flag.Args() {
		<-done
	}
}

// Some handles as many arguments at once as there are.
func Some(handle func(string)) {
	done := make(chan bool)
	for i := range flag.NArg() {
		go func() {
			handle(flag.Arg(i))
			done <- true
		}()
	}
	for range flag.Args() {
		<-done
	}
}
