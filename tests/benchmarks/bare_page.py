"""The smallest Streamlit page with the app's heavy packages and one chart: what the app is measured against."""

import pandas as pd
import plotly.express as px
import streamlit as st
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

st.title("Bare page")
X, y = make_classification(
    n_samples=1000, n_features=2, n_redundant=0, n_informative=2, n_clusters_per_class=1, random_state=42
)
accuracy = LogisticRegression().fit(X, y).score(X, y)
st.caption(f"Accuracy {accuracy:.2f}")
st.plotly_chart(
    px.scatter(pd.DataFrame({"x": X[:, 0], "y": X[:, 1], "class": y.astype(str)}), x="x", y="y", color="class")
)
