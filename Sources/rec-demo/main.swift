print("rec-demo")
